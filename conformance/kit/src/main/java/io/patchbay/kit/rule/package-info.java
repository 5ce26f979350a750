/// The numbered rules, a group an interface, each rule a test.
@NullMarked
package io.patchbay.kit.rule;

import org.jspecify.annotations.NullMarked;
