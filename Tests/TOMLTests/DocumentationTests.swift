// SPDX-License-Identifier: Apache-2.0

import LocatedTOML
import Testing

/// Checks the examples of Documentation.docc/TOML.md.
@Suite struct DocumentationTests {
    @Test func reading() throws {
        let toml = """
            name = "qemu"
            [limits]
            depth = 3
            """
        let document = try TOMLDocument(parsing: Array(toml.utf8))
        let depth = document.table["limits"]?.table?["depth"]
        #expect(depth?.integer == 3)
        #expect(depth?.position == SourcePosition(line: 3, column: 9))
        #expect(depth?.typeName == "an integer")
    }

    @Test func recovering() {
        let toml = """
            [a]
            depth = 3x
            name = "a"
            [b
            name = "b"
            [c]
            name = "c"
            """
        let document = TOMLDocument(recovering: Array(toml.utf8))
        #expect(document.errors.map(\.position.line) == [2, 4])
        #expect(dump(document.table) == #"{a = !{name = "a"}, b = !{}, c = {name = "c"}}"#)
    }

    @Test func writing() {
        var writer = TOMLWriter()
        writer.comment("written by a test")
        writer.table(["entries", "qemu.arm"])
        writer.pair("path", "/usr/bin/qemu")
        writer.pair("priority", 7)
        let text = """
            # written by a test

            [entries."qemu.arm"]
            path = "/usr/bin/qemu"
            priority = 7

            """
        #expect(writer.text == text)
    }
}
