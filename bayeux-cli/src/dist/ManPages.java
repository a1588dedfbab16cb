import dev.bayeux.cli.Main;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.asciidoctor.Asciidoctor;
import org.asciidoctor.Options;
import org.asciidoctor.SafeMode;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.codegen.docgen.manpage.ManPageGenerator;

/**
 * Writes the manual pages and the completion script of the command line into the image: {@code java ManPages.java TARGET}.
 * Picocli writes the pages as AsciiDoc, and Asciidoctor converts them.
 */
class ManPages {

    public static void main(String[] args) throws IOException {
        Path target = Path.of(args[0]);
        Path share = target.resolve("bayeux/share");
        Path sources = Files.createDirectories(target.resolve("man-adoc"));
        Path pages = Files.createDirectories(share.resolve("man/man1"));
        CommandLine bayeux = Main.commandLine();
        CommandSpec[] specs = Stream.concat(Stream.of(bayeux), bayeux.getSubcommands().values().stream())
                .map(CommandLine::getCommandSpec).distinct().toArray(CommandSpec[]::new);
        int failed = ManPageGenerator.generateManPage(sources.toFile(), null, new boolean[0], false, specs);
        if (failed != 0) {
            throw new IllegalStateException("The manual pages could not be generated.");
        }
        List<File> files;
        try (Stream<Path> found = Files.list(sources)) {
            files = found.filter(file -> file.toString().endsWith(".adoc")).map(Path::toFile).sorted().toList();
        }
        try (Asciidoctor asciidoctor = Asciidoctor.Factory.create()) {
            for (File file : files) {
                asciidoctor.convertFile(file, Options.builder().backend("manpage").safe(SafeMode.UNSAFE)
                        .toDir(pages.toFile()).build());
            }
        }
        Path completion = Files.createDirectories(share.resolve("bash-completion/completions"));
        Files.writeString(completion.resolve("bayeux"), Main.completion(bayeux) + "\n");
        System.out.printf("%d manual pages are in %s%n", files.size(), pages);
    }
}
