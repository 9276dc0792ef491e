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

  // The paper that begins at ``from`` begins at ``to``; papers that began on the way are swallowed.
  function move(strip, from, to) {
    var selects = leavesOf(strip).map(function (leaf) {
      return leaf.querySelector("select");
    });
    var kind = selects[from].value;
    for (var n = Math.max(1, Math.min(from, to)); n <= Math.max(from, to); n += 1) {
      selects[n].value = "";
    }
    selects[to].value = kind;
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
