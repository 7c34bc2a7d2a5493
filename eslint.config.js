// Rules for the site's own modules: faults, not taste.
import js from "@eslint/js";
import globals from "globals";

export default [
  js.configs.recommended,
  {
    files: ["static/js/**/*.js"],
    languageOptions: { ecmaVersion: 2022, sourceType: "module", globals: globals.browser },
    rules: {
      eqeqeq: "error",
      "no-unused-vars": ["error", { ignoreRestSiblings: true }],
      // Control characters are what the sites of texts hide in them.
      "no-control-regex": "off",
      "no-implicit-globals": "error",
      "no-shadow": "error",
      "no-var": "error",
      "prefer-const": "error",
      complexity: ["error", 15],
      "max-lines-per-function": ["error", { max: 60 }],
    },
  },
];
