import { FirstDeployment } from '@/components/shell/first-deployment';

export default function HomePage() {
  return <FirstDeployment />;
}
