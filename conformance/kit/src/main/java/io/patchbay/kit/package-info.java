/// What a delegate's author extends, and the rules that it tries (RULES.md).
@NullMarked
package io.patchbay.kit;

import org.jspecify.annotations.NullMarked;
