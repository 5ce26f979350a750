package io.patchbay.meta.multus;

import io.patchbay.meta.cni.NetworkConfigList;
import java.util.List;

/// Names what the delegates of this process would refuse of a network.
@FunctionalInterface
public interface NetworkCheck {
    /// @param where names the network in refusals
    List<String> problems(String where, NetworkConfigList network);
}
