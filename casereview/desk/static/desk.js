// The keys of the desk, the zoom, and where the eye stands after a page was swapped.
(function () {
  "use strict";

  var ZOOMS = ["fit", "wide", "wider", "widest"];

  function one(selector) {
    return document.querySelector(selector);
  }

  function writing(target) {
    return /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) && target.type !== "checkbox";
  }

  function press(selector) {
    var it = one(selector);
    if (it && it.getAttribute("aria-disabled") !== "true") {
      it.click();
      return true;
    }
    return false;
  }

  function neighbour(step) {
    var items = Array.prototype.slice.call(document.querySelectorAll(".items .item"));
    var at = items.findIndex(function (i) {
      return i.getAttribute("aria-current");
    });
    var next = items[at + step];
    if (next) {
      next.click();
    }
  }

  function zoomed(step) {
    var at = ZOOMS.indexOf(sessionStorage.getItem("zoom") || "fit") + step;
    sessionStorage.setItem("zoom", ZOOMS[Math.min(Math.max(at, 0), ZOOMS.length - 1)]);
    settle();
  }

  // After every swap: the zoom as it was, the item at hand and the evidence in sight.
  function settle() {
    var zoom = sessionStorage.getItem("zoom") || "fit";
    document.querySelectorAll(".sheets").forEach(function (sheets) {
      ZOOMS.forEach(function (z) {
        sheets.classList.toggle(z, z === zoom);
      });
    });
    var item = one(".items .item[aria-current]");
    if (item) {
      item.scrollIntoView({ block: "nearest" });
    }
    document.querySelectorAll(".sheet").forEach(function (sheet) {
      var lit = sheet.querySelector(".lit");
      if (lit) {
        var frame = sheet.getBoundingClientRect();
        var box = lit.getBoundingClientRect();
        sheet.scrollTop += box.top - frame.top - frame.height / 3;
        sheet.scrollLeft += box.left - frame.left - frame.width / 4;
      }
    });
  }

  function fill(button) {
    var field = document.getElementById(button.getAttribute("data-fill"));
    field.value = button.textContent;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  }

  var KEYS = {
    "1": function () { return press('#say [data-key="1"]'); },
    "2": function () { return press('#say [data-key="2"]'); },
    "3": function () { return press('#say [data-key="3"]'); },
    n: function () { return press("#next"); },
    u: function () { return press("#undo button"); },
    j: function () { neighbour(1); return true; },
    k: function () { neighbour(-1); return true; },
    "[": function () { return press("#before"); },
    "]": function () { return press("#after"); },
    "+": function () { zoomed(1); return true; },
    "=": function () { zoomed(1); return true; },
    "-": function () { zoomed(-1); return true; },
    e: function () {
      var why = one("#why");
      if (why) {
        why.focus();
      }
      return why;
    }
  };

  // A verdict is for the item that is seen: nothing is taken from a key that is held down, or while
  // the next item is on its way.
  var busy = false;

  function swaps(event) {
    return event.detail.target && event.detail.target.id === "work";
  }

  document.addEventListener("htmx:beforeRequest", function (event) {
    busy = busy || swaps(event);
  });

  document.addEventListener("htmx:afterRequest", function (event) {
    busy = busy && !swaps(event);
  });

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) {
      return;
    }
    if (writing(event.target)) {
      if (event.key === "Escape") {
        event.target.blur();
      }
      return;
    }
    if (Object.prototype.hasOwnProperty.call(KEYS, event.key) && one("main.case")) {
      if (event.repeat || busy || KEYS[event.key]()) {
        event.preventDefault();
      }
    }
  });

  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-zoom], [data-fill]");
    if (!button) {
      return;
    }
    if (button.hasAttribute("data-zoom")) {
      zoomed(Number(button.getAttribute("data-zoom")));
    } else {
      fill(button);
    }
  });

  document.addEventListener("change", function (event) {
    if (event.target.hasAttribute("data-submit")) {
      event.target.form.requestSubmit();
    }
  });

  document.addEventListener("DOMContentLoaded", settle);
  document.addEventListener("htmx:afterSettle", settle);
  document.addEventListener("load", function (event) {
    if (event.target.tagName === "IMG") {
      settle();
    }
  }, true);
})();
