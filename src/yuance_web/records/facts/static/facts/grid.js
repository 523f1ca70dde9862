/* The form as a spreadsheet: Enter and arrows move, a click takes over a suggestion, refusals are shown at the cell. */
"use strict";
(function () {
  const table = document.querySelector("table.form-grid");
  if (!table) return;

  const columns = ["text", "target", "explanation"];

  function column(field) {
    return columns.indexOf(field.dataset.column);
  }

  function fields(name) {
    return Array.from(table.querySelectorAll('[data-column="' + name + '"]:not([disabled])'));
  }

  function move(field, rows, across) {
    let name = field.dataset.column;
    if (across) {
      const row = field.closest("tr");
      const inRow = columns.map((one) => row.querySelector('[data-column="' + one + '"]:not([disabled])')).filter(Boolean);
      const next = inRow[inRow.indexOf(field) + across];
      if (next) select(next);
      return Boolean(next);
    }
    const list = fields(name);
    const next = list[list.indexOf(field) + rows];
    if (next) select(next);
    return Boolean(next);
  }

  function select(field) {
    field.focus();
    if (field.select) field.select();
    const box = field.getBoundingClientRect();
    if (box.top < 140 || box.bottom > window.innerHeight - 40) field.scrollIntoView({ block: "center" });
  }

  function atEdge(field, left) {
    if (field.tagName === "SELECT") return true;
    const all = field.selectionStart === 0 && field.selectionEnd === field.value.length;
    if (all) return true;
    return left ? field.selectionEnd === 0 : field.selectionStart === field.value.length;
  }

  table.addEventListener("keydown", function (event) {
    const field = event.target;
    if (column(field) < 0 || event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    let moved = false;
    if (event.key === "Enter") moved = move(field, event.shiftKey ? -1 : 1, 0);
    else if (event.key === "ArrowDown" && field.tagName !== "SELECT") moved = move(field, 1, 0);
    else if (event.key === "ArrowUp" && field.tagName !== "SELECT") moved = move(field, -1, 0);
    else if (event.key === "ArrowRight" && atEdge(field, false)) moved = move(field, 0, 1);
    else if (event.key === "ArrowLeft" && atEdge(field, true)) moved = move(field, 0, -1);
    else if (event.key === "Escape" && field.dataset.saved !== undefined) {
      field.value = field.dataset.saved;
      return;
    } else return;
    if (moved) event.preventDefault();
    else if (event.key === "Enter") {
      event.preventDefault();
      field.blur();
    }
  });

  /* One click takes over what is suggested. */
  document.addEventListener("click", function (event) {
    const button = event.target.closest("[data-fix]");
    if (!button) return;
    const field = document.getElementById(button.dataset.field);
    if (!field || field.disabled) return;
    field.value = button.dataset.fix;
    field.dispatchEvent(new Event("change", { bubbles: true }));
    field.focus();
  });

  /* Answers that refuse still carry the words to be shown. */
  document.body.addEventListener("htmx:beforeSwap", function (event) {
    if ([409, 422, 423].includes(event.detail.xhr.status)) {
      event.detail.shouldSwap = true;
      event.detail.isError = false;
    }
  });

  /* No connection: say so, keep what was typed. */
  function lost(event) {
    const row = event.target.closest ? event.target.closest("tr") : null;
    const place = row && row.querySelector(".doubts");
    if (place) place.textContent = "没有保存：与服务器的连接中断。内容还在格中，请稍后再改动一次以重新保存。";
  }
  document.body.addEventListener("htmx:sendError", lost);
  document.body.addEventListener("htmx:timeout", lost);
  document.body.addEventListener("htmx:responseError", function (event) {
    if (event.detail.xhr.status >= 500) lost(event);
  });

  window.addEventListener("beforeunload", function (event) {
    if (table.querySelector(".htmx-request")) event.preventDefault();
  });
})();
