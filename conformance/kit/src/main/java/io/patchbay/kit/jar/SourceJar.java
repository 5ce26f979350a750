package io.patchbay.kit.jar;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/// A jar of classes that are compiled from source text against this class path.
///
/// @param sources by the class's full name
/// @param absent more sources that the others are compiled against, and that are not in the jar:
///   they come before the class path, such as another version of the SPI
/// @param providers the classes that it names as providers of delegates
public record SourceJar(
        Map<String, String> sources, Map<String, String> absent, List<String> providers) {
    private static final String SERVICE = "META-INF/services/io.patchbay.spi.DelegateProvider";

    public SourceJar {
        sources = Map.copyOf(sources);
        absent = Map.copyOf(absent);
        providers = List.copyOf(providers);
    }

    /// Adds a class.
    public SourceJar with(String name, String source) {
        Map<String, String> more = new HashMap<>(sources);
        more.put(name, source);
        return new SourceJar(more, absent, providers);
    }

    /// Compiles against another version of a class, which the jar does not have.
    public SourceJar against(String name, String source) {
        Map<String, String> more = new HashMap<>(absent);
        more.put(name, source);
        return new SourceJar(sources, more, providers);
    }

    /// Builds the jar and puts it in its place in one step.
    public Path write(Path jar) {
        try {
            Files.createDirectories(jar.toAbsolutePath().getParent());
            Path part = jar.resolveSibling("." + jar.getFileName());
            Files.write(part, bytes());
            return Files.move(part, jar, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The content of the jar.
    public byte[] bytes() {
        try {
            Path classes = Files.createTempDirectory("source-jar");
            try {
                compile(classes);
                return pack(classes);
            } finally {
                remove(classes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void compile(Path classes) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        List<JavaFileObject> units = new ArrayList<>();
        sources.forEach((name, source) -> units.add(new Unit(name, source)));
        absent.forEach((name, source) -> units.add(new Unit(name, source)));
        List<String> options =
                List.of(
                        "-proc:none",
                        "-parameters",
                        "-classpath",
                        System.getProperty("java.class.path"),
                        "-d",
                        classes.toString());
        if (!compiler.getTask(said, null, null, options, null, units).call()) {
            throw new IllegalArgumentException("the sources do not compile:\n" + said);
        }
    }

    private static final class Unit extends SimpleJavaFileObject {
        private final String source;

        Unit(String name, String source) {
            super(URI.create("string:///" + name.replace('.', '/') + ".java"), Kind.SOURCE);
            this.source = source;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
        }
    }

    private byte[] pack(Path classes) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes)) {
            if (!providers.isEmpty()) {
                put(jar, SERVICE, String.join("\n", providers).getBytes(StandardCharsets.UTF_8));
            }
            for (Path file : files(classes)) {
                String name = classes.relativize(file).toString();
                if (!isAbsent(name)) {
                    put(jar, name, Files.readAllBytes(file));
                }
            }
        }
        return bytes.toByteArray();
    }

    private boolean isAbsent(String file) {
        Set<String> outer = new HashSet<>();
        absent.keySet().forEach(name -> outer.add(name.replace('.', '/')));
        return outer.contains(file.replaceFirst("(\\$.*)?\\.class$", ""));
    }

    private static void put(JarOutputStream jar, String name, byte[] content) throws IOException {
        jar.putNextEntry(new JarEntry(name));
        jar.write(content);
        jar.closeEntry();
    }

    private static List<Path> files(Path root) throws IOException {
        try (Stream<Path> paths = Files.walk(root)) {
            return paths.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static void remove(Path root) throws IOException {
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.toList().reversed()) {
                Files.delete(path);
            }
        }
    }
}
