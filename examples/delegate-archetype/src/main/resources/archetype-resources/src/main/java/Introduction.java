package ${package};

import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.net.Neighbour;
import java.util.List;

/// A note of whom the node was told about, so that DEL and GC know what to take back.
record Introduction(AttachmentId id, List<Neighbour> neighbours) {
    String key() {
        return key(id);
    }

    static String key(AttachmentId id) {
        return String.join(",", id.network(), id.containerId(), id.ifName());
    }
}
