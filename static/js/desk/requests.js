// A session that has ended redirects every request to the login page: that is no answer to swap in.
document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
  ctx.request.redirect = "error";
});
