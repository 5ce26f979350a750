package io.patchbay.meta.cni;

import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.ErrorCode.Standard;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A version of the protocol that Patchbay speaks, in rising order.
public enum CniVersion {
    V0_3_1("0.3.1"),
    V0_4_0("0.4.0"),
    V1_0_0("1.0.0"),
    V1_1_0("1.1.0");

    public static final CniVersion NEWEST = V1_1_0;

    private final String text;

    CniVersion(String text) {
        this.text = text;
    }

    /// Reads a version; one that is not spoken is code 1 and names those that are. An empty text
    /// stands for the key's absence, which libcni reads as 0.1.0.
    public static CniVersion of(String text) {
        return find(text)
                .orElseThrow(() ->
                        new CniException(
                                Standard.INCOMPATIBLE_VERSION,
                                (text.isEmpty()
                                                ? "cniVersion is missing, which means \"0.1.0\", and that"
                                                : "cniVersion \"" + text + "\"")
                                        + " is not spoken here: use one of "
                                        + String.join(", ", spoken())));
    }

    public static Optional<CniVersion> find(String text) {
        return Arrays.stream(values()).filter(version -> version.text.equals(text)).findFirst();
    }

    public static List<String> spoken() {
        return Arrays.stream(values()).map(CniVersion::toString).toList();
    }

    public boolean isAtLeast(CniVersion other) {
        return compareTo(other) >= 0;
    }

    @Override
    public String toString() {
        return text;
    }
}
