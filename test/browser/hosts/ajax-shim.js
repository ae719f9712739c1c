// Stands for MicrosoftAjax.js 3.5, which office.js loads in Outlook on the web: just what outlook-web-16.01.js calls.
(function () {
  const none = function () {};
  const named = function (text) {
    let at = window;
    for (const part of text.split('.')) at = at[part] = at[part] || {};
  };
  window.Type = Object.assign(window.Type || {}, { registerNamespace: named, registerClass: none });
  Function.prototype.registerClass = function () {
    return this;
  };
  Function.prototype.registerEnum = none;
  Function._validateParams = () => null;
  Function.createDelegate = (self, call) =>
    function () {
      return call.apply(self, arguments);
    };
  Function.createCallback = (call, context) =>
    function () {
      return call.apply(this, [...arguments, context]);
    };
  window.Sys = Object.assign(window.Sys || {}, {
    Debug: { trace: none },
    Serialization: { JavaScriptSerializer: { serialize: JSON.stringify, deserialize: JSON.parse } },
    StringBuilder: function (text) {
      const parts = [text || ''];
      this.append = (part) => parts.push(part);
      this.toString = () => parts.join('');
    },
  });
  const kinds =
    'argument argumentNull argumentType argumentOutOfRange argumentUndefined invalidOperation parameterCount';
  for (const kind of [...kinds.split(' '), 'notImplemented']) Error[kind] = (text) => new Error(`${kind}: ${text}`);
  Error.create = (text, more) => Object.assign(new Error(text), more);
  String.format = (pattern, ...values) => pattern.replace(/\{(\d+)\}/g, (_all, index) => values[index]);
})();
