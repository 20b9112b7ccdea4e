// What is measured beside outdial, loaded when it is asked for.
export const loadPeer = () => import('/vendor/libphonenumber-js/max/index.js');
