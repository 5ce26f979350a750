/// Third parties' jars, made of source text while a test runs.
@NullMarked
package io.patchbay.kit.jar;

import org.jspecify.annotations.NullMarked;
