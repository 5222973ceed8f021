// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import BinfmtCore
import BinfmtHost
import SystemPackage

struct CatCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cat",
        abstract: "Show the configuration files in the order in which they count.",
        discussion: """
            A later file wins. Each begins with a comment that names it; of one that is masked, or that another of its \
            name overrides, that comment is all.
            """
    )

    @OptionGroup var options: CommonOptions

    private static func files(_ hostPaths: HostPaths) -> [ConfigTree.File] {
        var directories = hostPaths.configDirectories
        return directories.read().files
    }

    func run() throws {
        let files = Self.files(options.hostPaths)
        if options.json {
            print(try CatDocument(files: files.map(CatDocument.File.init)).json)
            return
        }
        let terminal = Terminal()
        let blocks = files.map { file -> String in
            let title = terminal.styled("# \(file.path.printable)\(file.standing.remark)", .bold)
            guard file.standing == .read else { return title }
            do { return title + "\n" + String(decoding: try Files.read(file.path), as: UTF8.self) } catch {
                return title + "\n# cannot read it: \(error)"
            }
        }
        print(blocks.isEmpty ? "# no file: the built-in defaults hold" : blocks.joined(separator: "\n"))
    }
}

extension ConfigTree.File.Standing {
    fileprivate var remark: String {
        switch self {
        case .read: ""
        case .masks: " (masks what lower directories have of its name)"
        case .hidden(let by): " (not read: \(by.printable) has its name)"
        }
    }

    fileprivate var word: String {
        switch self {
        case .read: "read"
        case .masks: "mask"
        case .hidden: "hidden"
        }
    }
}

/// What `cat --json` prints.
struct CatDocument: Document {
    struct File: Encodable {
        let path: String
        let standing: String
        /// Nil of what is not read.
        let text: String?

        init(_ file: ConfigTree.File) {
            path = file.path.string
            standing = file.standing.word
            let bytes = file.standing == .read ? try? Files.read(file.path) : nil
            text = bytes.map { String(decoding: $0, as: UTF8.self) }
        }
    }

    let version = 1
    let files: [File]
}
