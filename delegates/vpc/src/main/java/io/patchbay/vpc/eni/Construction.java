package io.patchbay.vpc.eni;

import io.patchbay.vpc.eni.CloudException.Reason;
import io.patchbay.vpc.eni.EniNote.Stage;
import io.patchbay.vpc.eni.NetworkInterface.Attachment;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Makes interfaces and attaches them: create, attach, delete on termination. A note is written
/// before each call; a resumption goes on from any. What fails for good is undone; what fails for
/// now keeps its note, for {@link Recovery}. Several may be made at the same time.
public final class Construction {
    // EC2 remembers a client token for at least a day (EC2 developer guide, "Ensuring
    // idempotency"). After that the same request would make another interface.
    private static final Duration TOKEN_LIFE = Duration.ofHours(20);

    /// Nothing can have come of a first request that ends so.
    private static final Set<Reason> MADE_NOTHING =
            EnumSet.complementOf(EnumSet.of(Reason.SILENT, Reason.GARBLED));

    /// Nor of a repeated one: EC2 would have answered with what it made before. Whether it looked
    /// is not known where it did not let the request in.
    private static final Set<Reason> NEVER_MADE =
            EnumSet.complementOf(
                    EnumSet.of(
                            Reason.SILENT,
                            Reason.GARBLED,
                            Reason.THROTTLED,
                            Reason.DENIED,
                            Reason.BUSY));

    private static final Set<Reason> PASSING =
            EnumSet.of(Reason.SILENT, Reason.THROTTLED, Reason.BUSY, Reason.NOT_FOUND);
    private static final Set<Reason> UNKNOWN =
            EnumSet.of(Reason.SILENT, Reason.THROTTLED, Reason.GARBLED);

    private final Ec2 ec2;
    private final Intents intents;
    private final Patience patience;
    private final String instance;
    private final Supplier<InstanceLimits> limits;
    private final Demolition demolition;

    public Construction(
            Ec2 ec2,
            Intents intents,
            Patience patience,
            String instance,
            Supplier<InstanceLimits> limits) {
        this.ec2 = ec2;
        this.intents = intents;
        this.patience = patience;
        this.instance = instance;
        this.limits = limits;
        this.demolition = new Demolition(ec2, intents, patience, instance);
    }

    /// Makes an interface and attaches it to a card of this node. When it returns, instance
    /// metadata tells of it soon: {@link Intents#confirm}.
    public EniNote run(Creation wanted, int card) {
        return intents.alone(wanted.token(), _ -> make(wanted, card))
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "the token %s is in use: each interface has one of its own"
                                        .formatted(wanted.token())));
    }

    private EniNote make(Creation wanted, int card) {
        List<NetworkInterface> attached = ec2.attachedTo(instance);
        EniNote note =
                intents.claim(coming ->
                        EniNote.making(
                                instance,
                                wanted,
                                card,
                                Devices.free(instance, limits.get(), card, attached, coming),
                                intents.now()));
        return attach(create(note, MADE_NOTHING));
    }

    /// Goes on with what a note says is coming. Empty where nothing is there to go on with.
    Optional<EniNote> resume(EniNote note) {
        return switch (note.stage()) {
            case CREATE -> {
                if (intents.isOlder(note, TOKEN_LIFE)) {
                    // What may have been made is found by its tags.
                    intents.erase(note);
                    yield Optional.empty();
                }
                yield Optional.of(attach(create(note, NEVER_MADE)));
            }
            case ATTACH -> Optional.of(attach(note));
            case DELETE_ON_TERMINATION -> Optional.of(markAgain(note));
            case BE_SEEN -> Optional.of(note);
            case DETACH, DELETE -> Optional.empty();
        };
    }

    private EniNote create(EniNote note, Set<Reason> nothing) {
        Creation wanted = note.creation().orElseThrow();
        NetworkInterface made;
        try {
            made = ec2.create(wanted);
        } catch (CloudException e) {
            if (nothing.contains(e.reason())) {
                intents.erase(note);
            }
            throw e;
        }
        return intents.write(note.created(made.id()));
    }

    private EniNote attach(EniNote note) {
        EniNote attached;
        try {
            attached = intents.write(patience.await(PASSING, () -> attachOnce(note)));
        } catch (CloudException e) {
            if (!UNKNOWN.contains(e.reason())) {
                undo(note, e);
            }
            throw e;
        }
        return mark(attached);
    }

    // Whatever a refusal is about, the first question is whether an earlier request, with a lost
    // answer, has done it.
    private EniNote attachOnce(EniNote note) {
        try {
            return note.attached(ec2.attach(note.eni(), instance, note.card(), note.device()));
        } catch (CloudException e) {
            List<NetworkInterface> there;
            try {
                there = ec2.attachedTo(instance);
            } catch (CloudException second) {
                e.addSuppressed(second);
                throw e;
            }
            Optional<Attachment> done = attachment(there, note);
            if (done.isPresent()) {
                return note.at(done.get().device()).attached(done.get().id());
            }
            if (e.reason() == Reason.INSTANCE_FULL) {
                return attachElsewhere(note, there);
            }
            throw e;
        }
    }

    /// Somebody else took the number.
    private EniNote attachElsewhere(EniNote note, List<NetworkInterface> there) {
        EniNote moved =
                intents.claim(coming ->
                        note.at(
                                Devices.free(
                                        instance,
                                        limits.get(),
                                        note.card(),
                                        there,
                                        coming.stream()
                                                .filter(other -> !other.key().equals(note.key()))
                                                .toList())));
        return moved.attached(ec2.attach(moved.eni(), instance, moved.card(), moved.device()));
    }

    private static Optional<Attachment> attachment(List<NetworkInterface> attached, EniNote note) {
        return attached.stream()
                .filter(eni -> eni.id().equals(note.eni()))
                .flatMap(eni -> eni.attachment().stream())
                .findFirst();
    }

    private EniNote mark(EniNote note) {
        patience.run(PASSING, () -> ec2.deleteOnTermination(note.eni(), note.attachment()));
        return intents.write(note.next(Stage.BE_SEEN));
    }

    /// Somebody may have taken it off in the meantime.
    private EniNote markAgain(EniNote note) {
        try {
            return mark(note);
        } catch (CloudException e) {
            if (e.reason() == Reason.NOT_FOUND
                    && attachment(ec2.attachedTo(instance), note).isEmpty()) {
                undo(note, e);
            }
            throw e;
        }
    }

    private void undo(EniNote note, CloudException why) {
        try {
            demolition.resume(intents.write(note.next(Stage.DELETE)));
        } catch (CloudException e) {
            // Its note stays.
            why.addSuppressed(e);
        }
    }
}
