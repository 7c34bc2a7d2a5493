// What a template renders is known to the script beside it, not to the compiler: an element
// found by a selector may be of any kind. All else in static/js is checked as it stands.
interface ParentNode {
  querySelector(selectors: string): any;
  querySelectorAll(selectors: string): NodeListOf<any>;
}
interface Element {
  closest(selectors: string): any;
}
interface Document {
  getElementById(id: string): any;
}
// Clicks and key presses come from elements, and only such listeners ask what was hit.
interface EventTarget {
  closest?(selectors: string): any;
}
// The tus client in static/vendor, which a page loads before its modules.
declare const tus: any;
