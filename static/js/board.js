// Drag a meeting to another slot or table. Without this script, each meeting's own page does the same.
"use strict";

(() => {
  const form = document.getElementById("board-move");
  const board = document.querySelector(".board");
  if (!form || !board) return;
  let dragged = null;

  const target = (event) => event.target.closest("td[data-start]");

  board.addEventListener("dragstart", (event) => {
    dragged = event.target.closest("[data-move]");
    if (!dragged) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.id);
    board.classList.add("board-dragging");
  });

  board.addEventListener("dragend", () => {
    dragged = null;
    board.classList.remove("board-dragging");
    board.querySelectorAll(".board-over").forEach((cell) => cell.classList.remove("board-over"));
  });

  board.addEventListener("dragover", (event) => {
    const cell = target(event);
    if (!dragged || !cell) return;
    event.preventDefault();
    cell.classList.add("board-over");
  });

  board.addEventListener("dragleave", (event) => {
    const cell = target(event);
    if (cell) cell.classList.remove("board-over");
  });

  board.addEventListener("drop", (event) => {
    const cell = target(event);
    if (!dragged || !cell) return;
    event.preventDefault();
    form.action = dragged.dataset.move;
    form.elements.seen.value = dragged.dataset.seen;
    form.elements.start.value = cell.dataset.start;
    form.elements.table.value = cell.dataset.table;
    form.submit();
  });
})();
