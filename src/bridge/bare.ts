const { setPrototypeOf } = Object;

/**
 * The same object, which inherits nothing from now on. In a page's world what the page adds to `Object.prototype` would
 * be an option of any other options, and what it adds to `Array.prototype` an item of any other list.
 */
export function bare<Value extends object>(value: Value): Value {
  return setPrototypeOf(value, null);
}
