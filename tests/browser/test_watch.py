"""The `watch` fixture of all browser tests reports errors. Each test here allows its own error."""


def test_a_violation_of_the_content_security_policy_is_reported(page, watch):
    page.goto("/")
    page.evaluate(
        "const s = document.createElement('script'); s.text = 'x = 1'; document.body.append(s)"
    )
    assert "Content Security Policy" in " ".join(watch.unexpected())
    watch.allow("Content Security Policy")


def test_a_request_to_another_origin_is_reported(page, watch):
    page.goto("/")
    with page.expect_request("http://127.0.0.1:9/"):
        page.evaluate("location = 'http://127.0.0.1:9/'")
    assert "request to another origin" in " ".join(watch.unexpected())
    # The page of the browser's own error may ask for the icon that it has just lost.
    watch.allow("another origin|favicon|ERR_FAILED")


def test_an_error_in_a_script_is_reported(page, watch):
    page.goto("/")
    with page.context.expect_event("weberror"):
        page.evaluate("setTimeout(() => { throw new Error('on purpose') })")
    assert "on purpose" in " ".join(watch.unexpected())
    watch.allow("on purpose")


def test_a_missing_page_is_reported(page, watch):
    page.goto("/nowhere-at-all/")
    assert "404" in " ".join(watch.unexpected())
    watch.allow("404")
