package io.patchbay.suite.cni;

import io.patchbay.kit.rig.NodeNamespace;
import io.patchbay.kit.snapshot.Witness;
import java.util.List;
import java.util.Optional;

/// The node that a plugin works on.
///
/// @param own empty where it is this node itself
record Node(Optional<NodeNamespace> own) implements AutoCloseable {
    static Node open(Subject subject) {
        if (subject.ground() == Subject.Ground.HERE) {
            return new Node(Optional.empty());
        }
        NodeNamespace own = NodeNamespace.create();
        try {
            own.run("sh", "-ec", subject.links() + subject.setUp());
            return new Node(Optional.of(own));
        } catch (RuntimeException e) {
            own.close();
            throw e;
        }
    }

    boolean isPrivate() {
        return own.isPresent();
    }

    List<String> enter(List<String> command) {
        return own.map(node -> node.enter(command)).orElse(command);
    }

    Witness witness() {
        return own.map(node -> Witness.in(node.netns())).orElseGet(Witness::here);
    }

    @Override
    public void close() {
        own.ifPresent(NodeNamespace::close);
    }
}
