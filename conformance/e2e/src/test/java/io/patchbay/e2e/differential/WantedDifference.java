package io.patchbay.e2e.differential;

import java.util.regex.Pattern;

/// A difference that is meant, for a reason. Each pattern takes the whole of what it is held to.
///
/// @param rows the names of the rows it holds for
/// @param stockKernel it shows in rows that take the stock kernel only
/// @param at the key of what differs
/// @param reference what is there after the reference plugins; empty for nothing
/// @param patchbay what is there after Patchbay; empty for nothing
record WantedDifference(
        Pattern rows,
        boolean stockKernel,
        Pattern at,
        Pattern reference,
        Pattern patchbay,
        String why) {
    boolean covers(Row row, Difference difference) {
        return rows.matcher(row.name()).matches()
                && at.matcher(difference.key()).matches()
                && reference.matcher(difference.reference()).matches()
                && patchbay.matcher(difference.patchbay()).matches();
    }
}
