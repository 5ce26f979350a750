/// What the translations of other plugins' configurations have in common.
@NullMarked
package io.patchbay.meta.translation;

import org.jspecify.annotations.NullMarked;
