/// What the suite found, as text, JUnit XML and HTML.
@NullMarked
package io.patchbay.suite.report;

import org.jspecify.annotations.NullMarked;
