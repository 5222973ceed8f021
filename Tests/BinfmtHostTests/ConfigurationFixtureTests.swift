// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import BinfmtHost
import SystemPackage
import TestSupport
import Testing

@Suite struct ConfigurationFixtureTests {
    /// Each directory in Tests/Fixtures/configuration is a root; its file `expected` has the result of reading it.
    @Test(arguments: try Fixtures.names(in: "configuration"))
    func isReadAsTheFixtureSays(_ name: String) throws {
        let root = Fixtures.directory.appending(path: "configuration/\(name)").path()
        var directories = ConfigDirectories(root: FilePath(root), trust: .anyUser)
        let text = directories.read().configuration.canonicalText.replacing(root, with: "")
        try expectEqual(text, fixture: "Tests/Fixtures/configuration/\(name)/expected")
    }
}
