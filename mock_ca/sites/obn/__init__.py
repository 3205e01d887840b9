"""オンライン請求ネットワーク関連システム 共通認証局: root, download, renewal and revocation of the obn manual."""
