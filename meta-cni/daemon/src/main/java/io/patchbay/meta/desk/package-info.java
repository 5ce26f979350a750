/// What an operator asks a running daemon: the tables of its delegates, and its metrics.
@NullMarked
package io.patchbay.meta.desk;

import org.jspecify.annotations.NullMarked;
