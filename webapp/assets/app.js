// What every page loads. Everything works without it; with it, pages answer while one types.
import "htmx.org";
import "./js/menus.js";
import "./js/rows.js";
import "./js/pickers.js";
import "./js/picks.js";
import "./js/below.js";
