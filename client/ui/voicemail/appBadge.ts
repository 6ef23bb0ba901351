/** On the icon of the installed application, where there is one. */
export const setAppBadge = (count: number): void => {
  if (!('setAppBadge' in navigator)) return;
  // Refused where it is not installed: there is no icon then.
  navigator.setAppBadge(count).catch(() => {});
};
