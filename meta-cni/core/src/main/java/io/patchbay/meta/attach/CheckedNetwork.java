package io.patchbay.meta.attach;

import io.patchbay.meta.plan.PlannedAttachment;
import io.patchbay.spi.cni.CniException;
import java.util.Optional;

/// An attachment that a CHECK went over; of one whose network forbids it, nothing was compared.
///
/// @param failure how it is not as its ADD left it, or, with code 11, why that was not found out
public record CheckedNetwork(PlannedAttachment attachment, Optional<CniException> failure) {}
