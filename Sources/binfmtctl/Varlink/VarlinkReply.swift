// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials

/// A reply as it is sent (varlink.org, "Reply"): JSON, and a NUL.
enum VarlinkReply {
    /// - Parameters:
    ///   - parameters: JSON.
    ///   - continues: whether more replies to the same call follow.
    static func text(_ parameters: String, continues: Bool = false) -> [UInt8] {
        Array("{\"parameters\":\(parameters)\(continues ? ",\"continues\":true" : "")}".utf8) + [0]
    }

    static func text(_ error: VarlinkError) throws -> [UInt8] {
        struct Reply: Encodable {
            let error: String
            let parameters: [String: String]
        }
        return Array(try json(Reply(error: error.name, parameters: error.parameters)).utf8) + [0]
    }

    /// The error of a method that failed.
    static func failure(_ reason: String) -> [UInt8] { (try? text(.failed(reason))) ?? [] }

    /// A document in one line. Varlink's names have no hyphens.
    static func json(_ document: some Encodable) throws -> String {
        try JSONText.encode(
            document,
            keys: .custom { path in
                VarlinkName(stringValue: (path.last?.stringValue ?? "").replacing("-", with: "_"))
            })
    }
}

private struct VarlinkName: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
}

/// An error of Varlink's own interface, `org.varlink.service`, or of ours.
enum VarlinkError: Error, Hashable {
    case interfaceNotFound(String)
    case methodNotFound(String)
    case invalidParameter(String)
    /// The method sends several replies, and was not called with `more`.
    case expectedMore
    /// What the method needs failed.
    case failed(String)

    var name: String {
        switch self {
        case .interfaceNotFound: "org.varlink.service.InterfaceNotFound"
        case .methodNotFound: "org.varlink.service.MethodNotFound"
        case .invalidParameter: "org.varlink.service.InvalidParameter"
        case .expectedMore: "org.varlink.service.ExpectedMore"
        case .failed: "io.binfmtd.Failed"
        }
    }

    var parameters: [String: String] {
        switch self {
        case .interfaceNotFound(let name): ["interface": name]
        case .methodNotFound(let name): ["method": name]
        case .invalidParameter(let name): ["parameter": name]
        case .expectedMore: [:]
        case .failed(let reason): ["reason": reason]
        }
    }
}
