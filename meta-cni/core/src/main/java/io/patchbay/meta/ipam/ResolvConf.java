package io.patchbay.meta.ipam;

import io.patchbay.meta.journal.Disk;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.CniResult.Dns;
import io.patchbay.spi.cni.ErrorCode.Standard;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A file in the syntax of resolv.conf(5).
final class ResolvConf {
    private ResolvConf() {}

    static Dns read(String file) {
        try {
            return parse(new String(Disk.read(Path.of(file)), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new CniException(
                    Standard.IO_FAILURE,
                    "key \"ipam.resolvConf\": file \"%s\" cannot be read".formatted(file),
                    e);
        }
    }

    /// Lines of other keywords are left out, as are comments.
    static Dns parse(String text) {
        List<String> nameservers = new ArrayList<>();
        Optional<String> domain = Optional.empty();
        List<String> search = new ArrayList<>();
        List<String> options = new ArrayList<>();
        for (String line : text.lines().toList()) {
            String[] words = line.strip().split("\\s+", -1);
            if (words.length < 2) {
                continue;
            }
            List<String> values = List.of(words).subList(1, words.length);
            switch (words[0]) {
                case "nameserver" -> nameservers.add(values.getFirst());
                case "domain" -> domain = Optional.of(values.getFirst());
                case "search" -> search.addAll(values);
                case "options" -> options.addAll(values);
                default -> {}
            }
        }
        return new Dns(nameservers, domain, search, options);
    }
}
