package io.patchbay.meta.socket;

import io.patchbay.meta.cni.CniReply;

/// Answers requests; called from many threads at once, and interrupted at the request's deadline,
/// or when its runtime has gone away.
@FunctionalInterface
public interface RequestHandler {
    /// Refusals are replies. What it throws all the same is told as a bug, or after the deadline as
    /// code 11.
    CniReply handle(Request request);
}
