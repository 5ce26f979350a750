package io.patchbay.vpc.eni;

import io.patchbay.vpc.eni.CloudException.Reason;
import io.patchbay.vpc.eni.EniNote.Stage;
import java.util.EnumSet;
import java.util.Set;

/// Takes interfaces off and deletes them. A note is written before each call; a resumption goes on
/// from any. What was not finished keeps its note, for {@link Recovery}, unless EC2 refused before
/// anything was done.
public final class Demolition {
    private static final Set<Reason> PASSING =
            EnumSet.of(Reason.SILENT, Reason.THROTTLED, Reason.BUSY);
    private static final Set<Reason> NOT_BEGUN = EnumSet.of(Reason.REFUSED, Reason.DENIED);

    private final Ec2 ec2;
    private final Intents intents;
    private final Patience patience;
    private final String instance;

    public Demolition(Ec2 ec2, Intents intents, Patience patience, String instance) {
        this.ec2 = ec2;
        this.intents = intents;
        this.patience = patience;
        this.instance = instance;
    }

    /// Takes an attached interface off and deletes it, or deletes one that is not attached. Another
    /// thread that is at it finishes it.
    public void run(NetworkInterface eni) {
        String attachment = eni.attachment().map(NetworkInterface.Attachment::id).orElse("");
        intents.alone(
                eni.id(),
                _ -> {
                    EniNote note =
                            intents.write(
                                    EniNote.takingOff(
                                            instance, eni.id(), attachment, intents.now()));
                    resume(note);
                    return true;
                });
    }

    /// Goes on with what a note says is going.
    void resume(EniNote note) {
        intents.dropComing(note.eni());
        switch (note.stage()) {
            case DETACH -> delete(detach(note));
            case DELETE -> deleteWherever(note);
            case CREATE, ATTACH, DELETE_ON_TERMINATION, BE_SEEN ->
                    throw new IllegalArgumentException(
                            "interface %s is at %s, and is not to be taken off"
                                    .formatted(note.eni(), note.stage()));
        }
    }

    private EniNote detach(EniNote note) {
        try {
            patience.run(PASSING, () -> ec2.detach(note.attachment()));
        } catch (CloudException e) {
            if (NOT_BEGUN.contains(e.reason()) && note.creation().isEmpty()) {
                intents.erase(note);
            }
            if (e.reason() != Reason.NOT_FOUND) {
                throw e;
            }
        }
        return intents.write(note.next(Stage.DELETE));
    }

    // EC2 may have said of an attachment just made that there is none, and the answer to one may
    // have been lost: then it is in use, and here.
    private void deleteWherever(EniNote note) {
        try {
            delete(note);
        } catch (CloudException e) {
            if (e.reason() != Reason.BUSY) {
                throw e;
            }
            String attachment =
                    ec2.attachedTo(instance).stream()
                            .filter(eni -> eni.id().equals(note.eni()))
                            .flatMap(eni -> eni.attachment().stream())
                            .map(NetworkInterface.Attachment::id)
                            .findFirst()
                            .orElseThrow(() -> e);
            delete(detach(intents.write(note.detaching(attachment))));
        }
    }

    // It is gone when EC2 has said so twice: right after its creation it may not know it yet.
    private void delete(EniNote note) {
        try {
            patience.twice()
                    .run(
                            EnumSet.of(Reason.NOT_FOUND),
                            () -> patience.run(PASSING, () -> ec2.delete(note.eni())));
        } catch (CloudException e) {
            if (e.reason() != Reason.NOT_FOUND) {
                throw e;
            }
        }
        intents.erase(note);
    }
}
