/* What every page does: menus close, buttons are not pressed twice, lost sessions are told. */
"use strict";
document.addEventListener("click", function (event) {
  document.querySelectorAll("details.me[open]").forEach(function (menu) {
    if (!menu.contains(event.target)) menu.open = false;
  });
  if (event.target.closest("[data-print]")) window.print();
});
document.addEventListener("keydown", function (event) {
  if (event.key !== "Escape") return;
  document.querySelectorAll("details.me[open]").forEach(function (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  });
});
/* A form that changes something is sent once. */
document.addEventListener("submit", function (event) {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented || form.matches("[hx-post], [data-hx-post]")) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  form.setAttribute("aria-busy", "true");
  /* a download leaves the page where it is: the form may be used again */
  window.setTimeout(function () {
    delete form.dataset.sent;
    form.removeAttribute("aria-busy");
  }, 4000);
});
window.addEventListener("pageshow", function () {
  document.querySelectorAll("form[data-sent]").forEach(function (form) {
    delete form.dataset.sent;
    form.removeAttribute("aria-busy");
  });
});
