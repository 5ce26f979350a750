/// Coming from Multus: its configuration in our words, and the end of what it attached.
@NullMarked
package io.patchbay.meta.multus;

import org.jspecify.annotations.NullMarked;
