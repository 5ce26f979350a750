/// The types `tuning` and `sbr`: what they change of a link that others made, and what it was like.
@NullMarked
package io.patchbay.chained;

import org.jspecify.annotations.NullMarked;
