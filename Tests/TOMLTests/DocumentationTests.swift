// SPDX-License-Identifier: Apache-2.0

import Foundation
import LocatedTOML
import TestSupport
import Testing

/// The examples of the documentation, line by line.
@Suite struct DocumentationTests {
    @Test func reading() throws {
        let document = try TOMLDocument(
            parsing: """
                name = "qemu"
                [limits]
                depth = 3
                """)
        let depth = document.table["limits"]?.table?["depth"]
        #expect(depth?.integer == 3)
        #expect(depth?.position == SourcePosition(line: 3, column: 9))
        #expect(depth?.typeName == "an integer")
    }

    @Test func excerpts() throws {
        let bytes = Array("path = /usr/bin/qemu".utf8)
        let error = try #require(TOMLDocument(recovering: bytes).errors.first)
        #expect("\(error.position.line): \(error)" == "1: expected a value, found '/'")
        #expect(error.excerpt(in: bytes) == "path = /usr/bin/qemu\n       ^")
    }

    @Test func equality() throws {
        let table = try TOMLDocument(parsing: "a = {b = 0x10}").table
        #expect(try table == TOMLDocument(parsing: "[a]\nb = 16 # the same").table)
        #expect("\(table)" == "[a]\nb = 16\n")
    }

    @Test func checkingATable() throws {
        let limits = try TOMLDocument(parsing: "depth = 300\nwidht = 4").table
        var reader = TOMLTableReader(limits)
        let depthLimit = reader.integer("depth", in: 0...255)
        let width = reader.integer("width")
        reader.rejectUnknownKeys()
        #expect(depthLimit == nil && width == nil)
        #expect(
            reader.mistakes.map { "\($0.position.line): \($0)" } == [
                "1: 'depth' must be from 0 to 255", "2: unknown key 'widht' (did you mean 'width'?)",
            ])
    }

    @Test func recovering() throws {
        let document = TOMLDocument(
            recovering: """
                [a]
                depth = 3x
                name = "a"
                [b
                name = "b"
                [c]
                name = "c"
                """)
        #expect(document.errors.map(\.position.line) == [2, 4])
        #expect(document.table["a"]?.table?.isDamaged == true)
        #expect(document.table["a"]?.table?["name"]?.string == "a")
        #expect(document.table["b"]?.table?.isDamaged == true)
        #expect(document.table["b"]?.table?.isEmpty == true)
        #expect(document.table["c"]?.table?.isDamaged == false)
    }

    @Test func writing() throws {
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

    @Test func editing() throws {
        var editor = try TOMLEditor(Array("# limits of the host\n[limits] # all of them\ndepth = 3 # levels\n".utf8))
        try editor.set(["limits", "depth"], to: .integer(4))
        try editor.set(["limits", "width"], to: .integer(5))
        #expect(editor.text == "# limits of the host\n[limits] # all of them\ndepth = 4 # levels\nwidth = 5\n")
    }

    /// Each example of the catalog is compiled here, as it is there.
    @Test func hasEveryExample() throws {
        let page = "Sources/LocatedTOML/Documentation.docc/LocatedTOML.md"
        #expect(try Documentation.missingExamples(of: page, in: #filePath) == [])
    }
}
