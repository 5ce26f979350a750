package io.patchbay.vpc.eni;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/// A process's works on interfaces. Another one, after a crash, has the same cloud and notes.
final class EniWorks {
    final Intents intents;
    final Construction construction;
    final Demolition demolition;
    final Recovery recovery;

    EniWorks(Ec2 ec2, KeptNotes<EniNote> notes, HandTime time) {
        this(ec2, notes, time, new InstanceLimits(List.of(4, 3), 10, true));
    }

    EniWorks(Ec2 ec2, KeptNotes<EniNote> notes, HandTime time, InstanceLimits limits) {
        String instance = LedgerEc2.INSTANCE;
        Patience patience = new Patience(time, new Random(1), 4, Duration.ofMillis(100));
        intents = new Intents(notes, time);
        construction = new Construction(ec2, intents, patience, instance, () -> limits);
        demolition = new Demolition(ec2, intents, patience, instance);
        recovery = new Recovery(intents, construction, demolition, instance);
    }

    static Creation wanted(String token) {
        return new Creation(
                token,
                "subnet-b",
                List.of("sg-1"),
                "patchbay i-1",
                Map.of(Identity.OWNER, Identity.PATCHBAY),
                Optional.of(
                        new ConnectionTracking(
                                Optional.of(350), Optional.empty(), Optional.empty())),
                Order.prefixes(1));
    }

    static Optional<Integer> device(NetworkInterface eni) {
        return eni.attachment().map(NetworkInterface.Attachment::device);
    }
}
