package io.patchbay.meta.view;

import io.patchbay.spi.net.Rule;

/// A routing rule that is about an attachment: by its addresses, its link or its routes' table.
record RuleView(Rule rule, Side side) {}
