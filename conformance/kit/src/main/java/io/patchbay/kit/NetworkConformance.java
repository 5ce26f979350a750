package io.patchbay.kit;

import io.patchbay.kit.rig.NamespacesAllowed;
import io.patchbay.kit.rig.NodeRig;
import io.patchbay.kit.rule.AddRules;
import io.patchbay.kit.rule.Candidate;
import io.patchbay.kit.rule.CheckRules;
import io.patchbay.kit.rule.CitedRules;
import io.patchbay.kit.rule.CrashRules;
import io.patchbay.kit.rule.DelRules;
import io.patchbay.kit.rule.ErrorRules;
import io.patchbay.kit.rule.GcRules;
import io.patchbay.kit.rule.ParallelRules;
import io.patchbay.kit.rule.StatusRules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// The rules for a network, whoever makes it: also for one whose type is a binary of the plug-in
/// path. Each test has a node of its own.
@Tag("kernel")
@ExtendWith({NamespacesAllowed.class, CitedRules.class})
public abstract class NetworkConformance
        implements AddRules,
                CheckRules,
                DelRules,
                GcRules,
                StatusRules,
                CrashRules,
                ParallelRules,
                ErrorRules {
    @TempDir Path directory;

    private Optional<NodeRig> rig = Optional.empty();

    /// A network that works, as a NAD has it: a configuration, or a list of them.
    ///
    /// @param ipam an `ipam` section as JSON, to be used where the network takes one
    public abstract String network(String ipam);

    /// Lays what the node needs beforehand, such as a parent link, by `node.witness()`.
    protected void prepare(NodeRig node) {}

    NetworkConformance() {}

    abstract NodeRig newRig(Path state);

    @BeforeEach
    final void start() {
        NodeRig node = newRig(emptyDirectory());
        rig = Optional.of(node);
        prepare(node);
        node.start();
    }

    @AfterEach
    final void end() {
        rig.ifPresent(NodeRig::close);
    }

    @Override
    public final Candidate candidate() {
        return new Candidate(rig.orElseThrow(), this::network);
    }

    Path emptyDirectory() {
        try {
            return Files.createTempDirectory(directory, "node");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
