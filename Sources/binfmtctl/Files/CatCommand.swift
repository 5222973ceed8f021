// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import BinfmtCore
import BinfmtHost
import SystemPackage

struct CatCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cat",
        abstract: "Print the configuration files in order of precedence.",
        discussion: """
            Later files override earlier ones. A comment with its name precedes each file. For a masked or overridden \
            file, and for one that is not read because of its name, only the name is printed.
            """
    )

    @OptionGroup var options: CommonOptions

    private static func files(_ hostPaths: HostPaths) -> [ConfigTree.File] {
        var directories = hostPaths.configDirectories(beside: hostPaths.daemon)
        return directories.read().files
    }

    func run() throws {
        let files = Self.files(options.hostPaths)
        if options.json {
            try StandardOutput.print(CatDocument(files))
        } else {
            try StandardOutput.write(text(files) + "\n")
        }
    }

    private func text(_ files: [ConfigTree.File]) -> String {
        if files.isEmpty { return "# no file: the built-in defaults apply" }
        let terminal = Terminal()
        let blocks = files.map { file -> String in
            let title = terminal.styled("# \(file.path.printable)\(Self.remark(file.standing))", .bold)
            guard file.standing == .read else { return title }
            do {
                return title + "\n" + terminal.content(String(decoding: try Files.read(file.path), as: UTF8.self))
            } catch {
                return title + "\n# cannot read it: \(error)"
            }
        }
        return blocks.joined(separator: "\n")
    }

    private static func remark(_ standing: ConfigTree.File.Standing) -> String {
        switch standing {
        case .read: ""
        case .masks: " (masks files of this name in lower directories)"
        case .hidden(let by): " (overridden by \(by.printable))"
        case .misnamed(let reason): " (not read: \(reason))"
        case .untrusted: " (not read: users other than root could have written it)"
        }
    }
}
