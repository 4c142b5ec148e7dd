(function () {
  "use strict";
  var root = document.documentElement, button = document.getElementById("theme");
  function dark() {
    return root.dataset.theme ? root.dataset.theme === "dark"
      : matchMedia("(prefers-color-scheme: dark)").matches;
  }
  function label() { button.textContent = dark() ? "Light" : "Dark"; }
  button.hidden = false;
  label();
  button.addEventListener("click", function () {
    root.dataset.theme = dark() ? "light" : "dark";
    label();
  });
  function value(row, place, numeric) {
    var cell = row.cells[place], sort = cell.getAttribute("data-v");
    if (numeric) { return sort === null ? -Infinity : parseFloat(sort); }
    return cell.textContent.trim().toLowerCase();
  }
  function sort(table, place, heads) {
    var head = heads[place], up = head.getAttribute("aria-sort") !== "ascending";
    var body = table.tBodies[0], rows = Array.prototype.slice.call(body.rows);
    var numeric = head.classList.contains("num");
    heads.forEach(function (other) { other.removeAttribute("aria-sort"); });
    head.setAttribute("aria-sort", up ? "ascending" : "descending");
    rows.sort(function (a, b) {
      var x = value(a, place, numeric), y = value(b, place, numeric);
      return (x < y ? -1 : x > y ? 1 : 0) * (up ? 1 : -1);
    });
    rows.forEach(function (row) { body.appendChild(row); });
  }
  document.querySelectorAll("table.sortable").forEach(function (table) {
    var heads = Array.prototype.slice.call(table.tHead.rows[0].cells);
    heads.forEach(function (head, place) {
      var inner = document.createElement("button");
      inner.type = "button";
      inner.textContent = head.textContent;
      head.textContent = "";
      head.appendChild(inner);
      inner.addEventListener("click", function () { sort(table, place, heads); });
    });
  });
})();
