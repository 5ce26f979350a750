package io.patchbay.kernel.netlink;

import java.util.BitSet;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The answers to one send, as they come in: every message of it ends once, with NLMSG_ERROR or
/// NLMSG_DONE, in the order sent.
final class Exchange {
    private final int firstSequence;
    private final int count;
    private final Consumer<Message> replies;
    private final BitSet ended = new BitSet();
    private @Nullable Refusal first;
    private boolean interrupted;

    Exchange(int firstSequence, int count, Consumer<Message> replies) {
        this.firstSequence = firstSequence;
        this.count = count;
        this.replies = replies;
    }

    void accept(Message message) {
        int index = message.sequence() - firstSequence;
        if (index < 0 || index >= count) {
            return; // an answer to an exchange that was given up
        }
        interrupted |= (message.flags() & Nlm.DUMP_INTR) != 0;
        switch (message.type()) {
            case Nlm.TYPE_ERROR -> end(Refusal.ofError(index, message));
            case Nlm.TYPE_DONE -> end(Refusal.ofDone(index, message));
            default -> replies.accept(message);
        }
    }

    boolean complete() {
        return ended.cardinality() == count;
    }

    boolean interrupted() {
        return interrupted;
    }

    Optional<Refusal> firstRefusal() {
        return Optional.ofNullable(first);
    }

    private void end(Refusal end) {
        ended.set(end.message());
        if (end.errno() != 0 && (first == null || end.message() < first.message())) {
            first = end;
        }
    }
}
