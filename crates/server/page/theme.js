// Light or dark: as the system has it, or as the reader says.

const ORDER = ["system", "light", "dark"];

function stored() {
  try {
    return localStorage.getItem("theme") ?? "system";
  } catch {
    return "system";
  }
}

function apply(theme) {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

/** Applies the reader's choice, and lets the button go on to the next one. */
export function setUpTheme(button) {
  let theme = ORDER.includes(stored()) ? stored() : "system";
  const label = () => {
    button.textContent = { system: "Auto", light: "Light", dark: "Dark" }[theme];
    button.setAttribute("aria-label", `Colours: ${theme === "system" ? "as the system has them" : theme}. Change`);
  };
  apply(theme);
  label();
  button.addEventListener("click", () => {
    theme = ORDER[(ORDER.indexOf(theme) + 1) % ORDER.length];
    apply(theme);
    label();
    try {
      localStorage.setItem("theme", theme);
    } catch {
      // A browser that keeps nothing keeps no choice of colours either.
    }
  });
}
