package io.patchbay.vpc.eni;

import java.util.Optional;

/// What is being done to an interface, written before each call whose loss would leak it.
///
/// @param creation what is made; empty where an interface is taken off
/// @param eni its id; empty until EC2 has told it
/// @param attachment empty until EC2 has told it
/// @param card and `device`: where it goes
/// @param since milliseconds since 1970
public record EniNote(
        Stage stage,
        String instance,
        Optional<Creation> creation,
        String eni,
        String attachment,
        int card,
        int device,
        long since) {
    /// What comes next, and may have been done already.
    public enum Stage {
        CREATE,
        ATTACH,
        DELETE_ON_TERMINATION,
        /// Nothing but that instance metadata tells of it.
        BE_SEEN,
        DETACH,
        DELETE
    }

    static EniNote making(String instance, Creation creation, int card, int device, long now) {
        return new EniNote(
                Stage.CREATE, instance, Optional.of(creation), "", "", card, device, now);
    }

    static EniNote takingOff(String instance, String eni, String attachment, long now) {
        return new EniNote(
                attachment.isEmpty() ? Stage.DELETE : Stage.DETACH,
                instance,
                Optional.empty(),
                eni,
                attachment,
                0,
                0,
                now);
    }

    /// Whether it becomes an interface of this node.
    public boolean isComing() {
        return switch (stage) {
            case CREATE, ATTACH, DELETE_ON_TERMINATION, BE_SEEN -> true;
            case DETACH, DELETE -> false;
        };
    }

    String key() {
        return creation.map(Creation::token).orElse(eni);
    }

    EniNote created(String id) {
        return new EniNote(Stage.ATTACH, instance, creation, id, attachment, card, device, since);
    }

    EniNote at(int number) {
        return new EniNote(stage, instance, creation, eni, attachment, card, number, since);
    }

    EniNote attached(String id) {
        return new EniNote(
                Stage.DELETE_ON_TERMINATION, instance, creation, eni, id, card, device, since);
    }

    EniNote detaching(String id) {
        return new EniNote(Stage.DETACH, instance, creation, eni, id, card, device, since);
    }

    EniNote next(Stage then) {
        return new EniNote(then, instance, creation, eni, attachment, card, device, since);
    }
}
