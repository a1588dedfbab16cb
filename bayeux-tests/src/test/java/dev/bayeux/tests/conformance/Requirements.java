package dev.bayeux.tests.conformance;

import dev.bayeux.tests.conformance.Requirement.Excuse;
import dev.bayeux.tests.conformance.Requirement.Level;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Reads the list of requirements: lines with fields between tabs, below headings. */
final class Requirements {

    private Requirements() {
    }

    /** The list of this project. */
    static List<Requirement> ours() throws IOException {
        InputStream list = Objects.requireNonNull(Requirements.class.getResourceAsStream("requirements.tsv"));
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(list, StandardCharsets.UTF_8))) {
            return parse(reader.lines().toList());
        }
    }

    static List<Requirement> parse(List<String> lines) {
        List<Requirement> requirements = new ArrayList<>();
        String section = "";
        for (String line : lines) {
            if (line.startsWith("## ")) {
                section = line.substring(3);
            } else if (!line.startsWith("#")) {
                String[] fields = line.split("\t");
                if (fields.length < 3 || fields.length > 4) {
                    throw new IllegalArgumentException("Not three or four fields between tabs: " + line);
                }
                Optional<Excuse> excuse = fields.length == 4 ? Optional.of(Excuse.parse(fields[3])) : Optional.empty();
                requirements.add(new Requirement(fields[0], Level.valueOf(fields[1]), section, fields[2], excuse));
            }
        }
        return requirements;
    }
}
