// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import BinfmtHost

/// The document that `cat --json` prints.
struct CatDocument: Document {
    struct File: Encodable {
        enum Standing: String, Encodable, CaseIterable {
            case read
            /// Empty, or a link to /dev/null: masks files of its name in lower directories.
            case mask
            /// Overridden or masked by a file of its name in a higher directory.
            case hidden
            /// A user other than root could have written it.
            case untrusted
            /// Its name is not that of a configuration file.
            case misnamed
        }

        let path: DocumentPath
        let standing: Standing
        /// Nil for a file that is not read.
        let text: String?

        init(_ file: ConfigTree.File) {
            path = DocumentPath(file.path)
            standing =
                switch file.standing {
                case .read: .read
                case .masks: .mask
                case .hidden: .hidden
                case .untrusted: .untrusted
                case .misnamed: .misnamed
                }
            let bytes = file.standing == .read ? try? Files.read(file.path) : nil
            text = bytes.map { String(decoding: $0, as: UTF8.self) }
        }
    }

    let version = 1
    let files: [File]

    init(_ files: [ConfigTree.File]) { self.files = files.map(File.init) }
}
