/// The installed tree, driven from outside: the demo, and what the end-to-end tests share with it.
@NullMarked
package io.patchbay.e2e;

import org.jspecify.annotations.NullMarked;
