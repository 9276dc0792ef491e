// Drag the edge between two papers to another page. The selects of the form say what counts; the
// colours follow them, so that keys and mouse do the same.
(function () {
  "use strict";

  function leavesOf(strip) {
    return Array.prototype.slice.call(strip.querySelectorAll(".leaf"));
  }

  function paint(strip) {
    var run = -1;
    leavesOf(strip).forEach(function (leaf, n) {
      var begins = n === 0 || leaf.querySelector("select").value !== "";
      run += begins ? 1 : 0;
      leaf.className = "leaf run" + (run % 6) + (begins ? " begins" : "");
      var edge = leaf.querySelector(".edge");
      if (begins && n > 0 && !edge) {
        edge = document.createElement("span");
        edge.className = "edge";
        edge.title = "拖动分界";
        leaf.insertBefore(edge, leaf.firstChild);
      } else if (edge && !(begins && n > 0)) {
        edge.remove();
      }
    });
  }

  // Move the beginning of the paper at ``from`` to ``to``, without passing another beginning.
  function move(strip, from, to) {
    var leaves = leavesOf(strip);
    var step = to > from ? 1 : -1;
    for (var n = from + step; n !== to + step; n += step) {
      if (n < 1 || n >= leaves.length || leaves[n].querySelector("select").value !== "") {
        return;
      }
    }
    var start = leaves[from].querySelector("select");
    leaves[to].querySelector("select").value = start.value;
    start.value = "";
    paint(strip);
  }

  var held = null;

  document.addEventListener("pointerdown", function (event) {
    if (event.target.classList.contains("edge")) {
      var leaf = event.target.closest(".leaf");
      held = { strip: leaf.closest(".strip"), from: leavesOf(leaf.closest(".strip")).indexOf(leaf) };
      document.body.classList.add("dragging");
      event.preventDefault();
    }
  });

  document.addEventListener("pointerup", function (event) {
    if (!held) {
      return;
    }
    var under = document.elementFromPoint(event.clientX, event.clientY);
    var leaf = under && under.closest(".leaf");
    if (leaf && leaf.closest(".strip") === held.strip) {
      var to = leavesOf(held.strip).indexOf(leaf);
      if (to !== held.from) {
        move(held.strip, held.from, to);
      }
    }
    held = null;
    document.body.classList.remove("dragging");
  });

  document.addEventListener("change", function (event) {
    var strip = event.target.closest(".strip");
    if (strip) {
      paint(strip);
    }
  });
})();
