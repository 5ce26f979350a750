package io.patchbay.meta.delegate;

import io.patchbay.spi.cni.CniException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// What becomes of a network's key that its delegate does not know.
@FunctionalInterface
public interface UnknownKeys {
    /// The network is refused: a key that is misspelled would otherwise be missed silently.
    UnknownKeys REFUSED =
            refusal -> {
                throw refusal;
            };

    /// @param refusal names the key; who does not throw it has the key left out
    void met(CniException refusal);

    /// The key is left out, and the log is told once.
    static UnknownKeys warned() {
        Logger log = System.getLogger(UnknownKeys.class.getName());
        Set<String> told = ConcurrentHashMap.newKeySet();
        return refusal -> {
            String sentence = String.valueOf(refusal.getMessage());
            if (told.add(sentence)) {
                log.log(Level.WARNING, "left out: {0}", sentence);
            }
        };
    }
}
