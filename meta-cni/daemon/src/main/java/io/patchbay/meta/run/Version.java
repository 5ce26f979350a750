package io.patchbay.meta.run;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/// Tells the version, from what Maven puts into the jar.
final class Version implements IVersionProvider {
    private static final String PROPERTIES =
            "/META-INF/maven/io.patchbay/patchbay-daemon/pom.properties";

    @Override
    public String[] getVersion() throws IOException {
        try (InputStream in = Version.class.getResourceAsStream(PROPERTIES)) {
            Properties properties = new Properties();
            if (in != null) {
                properties.load(in);
            }
            return new String[] {
                "patchbay " + properties.getProperty("version", "(not from a jar)")
            };
        }
    }
}
